activity-statement = Escribió una afirmación
