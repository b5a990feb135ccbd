frame-skip = Skip
