activity-application = قدّمتَ طلبًا
