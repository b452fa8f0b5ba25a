"""Ihr Profil: what citizens keep about themselves, so that forms are filled in."""
