activity-helped = You said whether a promise helped
