package vies

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// Endpoint is the Commission's own.
const Endpoint = "https://ec.europa.eu/taxation_customs/vies/rest-api"

// ErrUnavailable: nobody has said whether the number exists.
var ErrUnavailable = fault.New(fault.Upstream, "vies.unavailable")

// Config is what a client needs; only Clock has no default.
type Config struct {
	Endpoint string        // without a slash at its end; Endpoint when empty
	Client   *http.Client  // http.DefaultTransport without redirects when nil
	Timeout  time.Duration // of one Check; four seconds when zero
	Clock    clock.Clock
}

// Client asks. Safe for concurrent use.
type Client struct {
	Config
	circuits circuits
}

// New makes a client.
func New(c Config) *Client {
	if c.Endpoint == "" {
		c.Endpoint = Endpoint
	}
	if c.Timeout == 0 {
		c.Timeout = patience
	}
	if c.Client == nil {
		c.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return &Client{Config: c, circuits: circuits{clock: c.Clock, states: map[string]*circuit{}}}
}

const (
	patience = 4 * time.Second // of a buyer who waits for his page
	tries    = 2
	maxBody  = 64 << 10
)

// Question is a number, and who wants to know. Numbers are written with the prefix
// of their state, in capitals, without signs ("FR40303265045").
type Question struct {
	Number string
	// Requester is the number of who asks; without it the answer has no
	// consultation number.
	Requester string
}

// Answer is what a register said.
type Answer struct {
	Valid        bool
	Name         string // of its owner, where the state tells
	Address      string
	Consultation string // the proof that it was asked, "" without a requester
	At           time.Time
}

// Check asks whether a number exists. Errors: ErrUnavailable, whatever the cause.
func (c *Client) Check(ctx context.Context, q Question) (Answer, error) {
	if len(q.Number) < 3 {
		return Answer{At: c.Clock.Now()}, nil
	}
	state := q.Number[:2]
	if !c.circuits.admit(state) {
		return Answer{}, ErrUnavailable.Because(errors.New("circuit of " + state + " is open"))
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	a, err := c.ask(ctx, q)
	if ctx.Err() == nil || err == nil || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		c.circuits.settle(state, err == nil) // a caller who went away says nothing about the register
	} else {
		c.circuits.release(state)
	}
	if err != nil {
		return Answer{}, ErrUnavailable.Because(err)
	}
	a.At = c.Clock.Now()
	return a, nil
}

// ask puts the question, again after a failure that may pass, and without the
// requester when it is his number that is not accepted.
func (c *Client) ask(ctx context.Context, q Question) (Answer, error) {
	var err error
	for range tries {
		var a Answer
		a, err = c.post(ctx, q)
		var said refusal
		switch {
		case err == nil:
			return a, nil
		case errors.As(err, &said) && said == badRequester && q.Requester != "":
			q.Requester = ""
		case errors.As(err, &said) && said == badInput:
			return Answer{}, nil // a number of no shape is nobody's
		case errors.As(err, &said), ctx.Err() != nil:
			return Answer{}, err
		}
	}
	return Answer{}, err
}

// refusal is a word of the service instead of an answer.
type refusal string

const (
	badInput     refusal = "INVALID_INPUT"
	badRequester refusal = "INVALID_REQUESTER_INFO"
)

func (r refusal) Error() string { return "vies says " + string(r) }

type request struct {
	Country          string `json:"countryCode"`
	Number           string `json:"vatNumber"`
	RequesterCountry string `json:"requesterMemberStateCode,omitempty"`
	RequesterNumber  string `json:"requesterNumber,omitempty"`
}

type response struct {
	Country      string `json:"countryCode"`
	Number       string `json:"vatNumber"`
	Valid        *bool  `json:"valid"`
	Consultation string `json:"requestIdentifier"`
	Name         string `json:"name"`
	Address      string `json:"address"`
	UserError    string `json:"userError"`
	Errors       []struct {
		Error string `json:"error"`
	} `json:"errorWrappers"`
}

func (c *Client) post(ctx context.Context, q Question) (Answer, error) {
	body := request{Country: q.Number[:2], Number: q.Number[2:]}
	if len(q.Requester) > 2 {
		body.RequesterCountry, body.RequesterNumber = q.Requester[:2], q.Requester[2:]
	}
	text, err := json.Marshal(body)
	if err != nil {
		return Answer{}, fmt.Errorf("write question: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Endpoint+"/check-vat-number", bytes.NewReader(text))
	if err != nil {
		return Answer{}, fmt.Errorf("ask vies: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	res, err := c.Client.Do(req)
	if err != nil {
		return Answer{}, fmt.Errorf("ask vies: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var r response
	if err := json.NewDecoder(io.LimitReader(res.Body, maxBody)).Decode(&r); err != nil {
		return Answer{}, fmt.Errorf("read answer %d of vies: %w", res.StatusCode, err)
	}
	return r.answer(res.StatusCode, body)
}

// answer is what was said, when it is about the number that was asked.
func (r response) answer(status int, asked request) (Answer, error) {
	for _, e := range r.Errors {
		return Answer{}, refusal(e.Error)
	}
	switch r.UserError {
	case "", "VALID", "INVALID":
	default:
		return Answer{}, refusal(r.UserError)
	}
	if status != http.StatusOK || r.Valid == nil {
		return Answer{}, fmt.Errorf("vies answers %d without a verdict", status)
	}
	if r.Country != asked.Country || r.Number != asked.Number {
		return Answer{}, errors.New("vies answers about another number")
	}
	return Answer{Valid: *r.Valid, Name: told(r.Name), Address: told(r.Address), Consultation: r.Consultation}, nil
}

// told is what a state says of an owner; "---" is how some say that they do not.
func told(text string) string {
	text = strings.TrimSpace(text)
	if strings.Trim(text, "-") == "" {
		return ""
	}
	return text
}
