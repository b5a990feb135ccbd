activity-statement = You wrote a statement
