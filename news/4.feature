The Postfach: offices of the town write to citizens, who read, answer with files and keep
or delete; receipts, notices by e-mail, REST for programs of the offices.
