"""What the API answers, one file an aggregate: responses, mappers, type guards."""
