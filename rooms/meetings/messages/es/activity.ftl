activity-registration = Se inscribió en una reunión
