activity-helped = Dijo si una promesa ayudó
