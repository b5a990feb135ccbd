activity-registration = You registered for a meeting
