activity-report = You reported
activity-me-too = You joined a report
activity-not-fixed = You said it is not fixed
