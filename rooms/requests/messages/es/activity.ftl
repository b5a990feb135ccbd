activity-report = Usted avisó de
activity-me-too = Se sumó a un aviso
activity-not-fixed = Dijo que no está arreglado
