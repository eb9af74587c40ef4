"""What an employer answers for beside the paycheck: deposits, returns, statements and due dates."""
