activity-assembly-registration = Se inscribió en una asamblea ciudadana
