activity-data-request = You asked for data
activity-data-issue = You reported a mistake in data
activity-data-reuse = You showed what you made of data
activity-data-support = You support a request for data
