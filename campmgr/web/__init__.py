"""What every page needs: who is asking, guard, forms, answers, navigation, jobs, uploads."""
