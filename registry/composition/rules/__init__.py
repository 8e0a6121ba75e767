"""One small function for each rule, registered under the name that packs call it by."""
