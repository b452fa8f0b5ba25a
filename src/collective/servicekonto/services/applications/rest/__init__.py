"""Citizens' applications through plone.restapi."""
