activity-survey = You answered a survey
