activity-assembly-registration = You registered for a citizens’ assembly
