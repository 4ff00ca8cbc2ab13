package ui

// Tone says how a message, a badge or a figure is meant. Colour never carries it
// alone: the component adds an icon or a word.
type Tone string

// The tones.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Good    Tone = "good"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

func (t Tone) class(base string) string {
	if t == "" {
		t = Neutral
	}
	return base + " " + base + "-" + string(t)
}

func (t Tone) icon() Icon {
	switch t {
	case Good:
		return IconCheck
	case Warn:
		return IconAlertTriangle
	case Bad:
		return IconAlertCircle
	default:
		return IconInfo
	}
}

// Flash is one message about what just happened, shown once.
type Flash struct {
	Tone   Tone
	Title  string // optional
	Text   string
	Action *Action // for example "undo"
}
