activity-data-request = Pidió datos
activity-data-issue = Avisó de un error en los datos
activity-data-reuse = Mostró lo que hizo con los datos
activity-data-support = Apoya una petición de datos
