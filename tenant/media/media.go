package media

import (
	"time"

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
	Key         string // of the original in the shop's bucket
	FileName    string
	ContentType string
	Bytes       int64
	Width       int
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
