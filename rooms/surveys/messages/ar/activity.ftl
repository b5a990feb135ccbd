activity-survey = أجبتَ عن استبيان
