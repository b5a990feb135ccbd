activity-application = Presentó una solicitud
