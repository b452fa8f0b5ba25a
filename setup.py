"""Package metadata of collective.servicekonto."""

from pathlib import Path
from setuptools import find_namespace_packages
from setuptools import setup


HERE = Path(__file__).parent

setup(
    name="collective.servicekonto",
    version="1.0.0.dev0",
    description="A citizens' account (Servicekonto) for municipal Plone sites.",
    long_description=(HERE / "README.md").read_text(encoding="utf-8")
    + "\n"
    + (HERE / "CHANGELOG.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Environment :: Web Environment",
        "Framework :: Plone",
        "Framework :: Plone :: Addon",
        "Framework :: Plone :: 6.2",
        "Natural Language :: English",
        "Natural Language :: German",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Programming Language :: Python :: 3.14",
    ],
    keywords="Plone Servicekonto eID OZG citizen account",
    author="collective.servicekonto contributors",
    license="GPL-2.0-only",
    packages=find_namespace_packages("src", include=["collective.servicekonto*"]),
    package_dir={"": "src"},
    include_package_data=True,
    zip_safe=False,
    python_requires=">=3.11",
    install_requires=[
        "Products.CMFPlone>=6.2",
        "altcha>=2",
        "argon2-cffi",
        "babel",
        "collective.easyform>=5",
        "collective.z3cform.datagridfield>=4.0.1",
        "cryptography",
        "email-validator",
        "fido2>=2",
        "holidays",
        "httpagentparser",
        "icalendar",
        "nh3",
        "plone.api",
        "plone.app.contenttypes",
        "plone.classicui",
        "plone.restapi",
        "PyJWT",
        "pypdf[crypto]>=7",
        "python-dateutil",
        "python-stdnum",
        "typst",
        "z3c.form",
        "zxcvbn",
    ],
    extras_require={
        "eid": ["lxml", "xmlsec>=1.3.17", "zeep>=4.3"],
        "eid-test": [
            "asn1crypto",
            "lxml",
            "websockets",
        ],
        "kartenleser": ["pyscard"],
        "buildout": [
            "plone.recipe.zope2instance",
            "zc.buildout",
        ],
        "demo": [
            "aiosmtpd",
            "PasteDeploy",
            "plone.distribution",
            "waitress",
        ],
        "test": [
            "aiosmtpd",
            "axe-playwright-python",
            "hypothesis",
            "jsonschema",
            "openapi-spec-validator",
            "playwright",
            "plone.app.testing",
            "plone.distribution",
            "pytest",
            "pytest-plone",
            "pytest-xdist",
            "requests",
        ],
        "develop": [
            "i18ndude",
            "mypy",
            "packaging",
            "ruff",
            "zpretty",
        ],
    },
    entry_points={
        "plone.autoinclude.plugin": ["target = plone"],
        "console_scripts": [
            "servicekonto-beleg = collective.servicekonto.postbox.receipts.script:main",
            "servicekonto-cleanup = collective.servicekonto.cleanup.script:main",
            "servicekonto-kartenleser = collective.servicekonto.eid.reader.script:main",
        ],
    },
)
