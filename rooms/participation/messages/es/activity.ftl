activity-proposal = Usted propuso
activity-support = Apoya una propuesta
activity-argument = Dio un argumento
activity-amendment = Propuso otra redacción
