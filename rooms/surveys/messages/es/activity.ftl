activity-survey = Respondió a una encuesta
