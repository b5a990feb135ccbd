activity-application = You applied
