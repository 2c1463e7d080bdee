/** The SHA-256 of the page's style and script, for its policy; a test holds them against the texts. */
export const STYLE_HASH = 'sha256-F1Oex116/PauWRC3JE2ar4+Eew3henBmDhPIZV8zgVE='
export const SCRIPT_HASH = 'sha256-SH0kTP7wxN0mK+gJCydSQ0Wrz5I7JX8TZ0AacL7lSIY='
