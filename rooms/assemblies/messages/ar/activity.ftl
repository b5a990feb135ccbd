activity-assembly-registration = سجّلتَ لمجلس مواطنين
