Online-Dienste: editors make forms with EasyForm, citizens find them filled in, send them
once and see how far their application is; offices work on applications and answer.
