package media

import (
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

// ID names a picture or file.
type ID = id.Of[Media]

// Kind says what a media is.
type Kind string

// The kinds.
const (
	Image Kind = "image"
	File  Kind = "file"
)

// State says whether a media can be shown.
type State string

// The states.
const (
	Pending State = "pending" // known by its address, not fetched or not yet scaled
	Ready   State = "ready"
	Failed  State = "failed" // Problem says why; a retry is offered
)

// Media is one picture or file of a shop.
type Media struct {
	ID          ID
	Kind        Kind
	State       State
	Key         string // of the original in the shop's bucket, which is never served
	FileName    string
	ContentType string
	Bytes       int64 // of the original and its copies
	Width       int   // as seen, after turning it upright
	Height      int
	Sizes       []Size
	Alt         i18n.Text
	SourceURL   string // where an import says it is
	Problem     string // message key when State is Failed
	CreatedAt   time.Time
}

// Size is one scaled copy.
type Size struct {
	Width  int    `json:"w"`
	Height int    `json:"h"`
	Key    string `json:"key"`
	Bytes  int64  `json:"bytes"`
}

// What the library refuses. The keys of pictures that could not be had are also the Problem of
// their row.
var (
	ErrUnknown     = fault.New(fault.NotFound, "media.unknown")
	ErrTooLarge    = fault.New(fault.Malformed, "media.too_large")
	ErrNotImage    = fault.New(fault.Malformed, "media.not_image")
	ErrSVG         = fault.New(fault.Malformed, "media.svg")
	ErrTooManyDots = fault.New(fault.Malformed, "media.too_many_pixels")
	ErrBroken      = fault.New(fault.Malformed, "media.broken")
	ErrInUse       = fault.New(fault.Conflict, "media.in_use")
	ErrAddress     = fault.New(fault.Malformed, "media.address")
	ErrUnreachable = fault.New(fault.Upstream, "media.unreachable")
	ErrGone        = fault.New(fault.NotFound, "media.gone")
	ErrStore       = fault.New(fault.Upstream, "media.store")
	ErrFull        = fault.New(fault.Quota, "media.full")
	ErrNoRetry     = fault.New(fault.Conflict, "media.no_retry")
)

// publicPrefix begins the keys that may be served to anybody.
const publicPrefix = "media/"

// Public tells whether an object of the shop may be served to anybody.
func Public(key string) bool { return strings.HasPrefix(key, publicPrefix) }

// Largest is the widest copy, zero when there is none.
func (m *Media) Largest() Size {
	var best Size
	for _, s := range m.Sizes {
		if s.Width > best.Width {
			best = s
		}
	}
	return best
}

// MissingAlt are the languages of the shop in which the picture has no description.
func (m *Media) MissingAlt(offered []i18n.Locale) []i18n.Locale {
	var missing []i18n.Locale
	for _, l := range offered {
		if strings.TrimSpace(m.Alt[l]) == "" {
			missing = append(missing, l)
		}
	}
	return missing
}
