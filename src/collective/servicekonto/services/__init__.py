<<<<<<< HEAD
"""Online-Dienste: forms of the town, what citizens apply for, and how it goes on."""
=======
"""Online-Dienste: forms of the town, the applications made with them, and their cases."""
>>>>>>> main
