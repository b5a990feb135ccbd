activity-helped = قلتَ هل نفع وعدٌ
