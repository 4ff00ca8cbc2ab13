package payouts

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
)

// readForm hands a file in, or says that the one that was shown is to be recorded.
type readForm struct {
	Mode   string                `form:"mode"`
	Layout string                `form:"layout"`
	File   *multipart.FileHeader `form:"file"`
	Kept   string                `form:"kept"` // the file that was shown, packed
	Name   string                `form:"name"` // what it is called
}

// upload is the file: one that is handed in wins over the one that was shown. Errors: payout.ErrLarge, payout.ErrEmpty.
func (f readForm) upload() (payout.Upload, error) {
	u := payout.Upload{Layout: payout.Layout(f.Layout), Name: f.Name}
	if mode, err := id.Parse[payment.Mode](f.Mode); err == nil {
		u.Mode = mode
	}
	switch {
	case f.File != nil && f.File.Filename != "":
		if f.File.Size > payout.MaxFile {
			return u, payout.ErrLarge.With(fault.Args{"max": payout.MaxFile >> 20}).On("file")
		}
		file, err := f.File.Open()
		if err != nil {
			return u, fmt.Errorf("open payout file: %w", err)
		}
		text, err := io.ReadAll(file)
		if err = errors.Join(err, file.Close()); err != nil {
			return u, fmt.Errorf("read payout file: %w", err)
		}
		u.Name, u.Text = f.File.Filename, string(text)
	case f.Kept != "":
		text, err := unpack(f.Kept)
		if err != nil {
			return u, payout.ErrEmpty.Because(err).On("file")
		}
		u.Text = text
	default:
		return u, fault.Invalid(fault.Field{Name: "file", Key: "form.required"})
	}
	return u, nil
}

// pack writes a file so that a form can carry it.
func pack(text string) (string, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	if err = errors.Join(err, w.Close()); err != nil {
		return "", fmt.Errorf("pack payout file: %w", err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// unpack reads it back, and no more of it than a file may have.
func unpack(kept string) (string, error) {
	packed, err := base64.StdEncoding.DecodeString(kept)
	if err != nil {
		return "", fmt.Errorf("unpack payout file: %w", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", fmt.Errorf("unpack payout file: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(r, payout.MaxFile+1))
	if err != nil {
		return "", fmt.Errorf("unpack payout file: %w", err)
	}
	return string(text), nil
}

// readModel is the form that takes a file, with what was read.
type readModel struct {
	room
	Answers ui.Answers
	Found   *payout.Preview // nil before
	Kept    string
	Name    string
}

func (m readModel) sheet() sheet.Sheet { return sheet.New(m.visit, "payouts", m.Answers) }

// ask shows the empty form.
func (d *Desk) ask(c echo.Context) error {
	mode := c.QueryParam("mode")
	return d.showRead(c, http.StatusOK, readModel{Answers: ui.Asked(url.Values{"mode": {mode}})})
}

// check reads a file and shows what it would add.
func (d *Desk) check(c echo.Context) error {
	v := desk.Here(c)
	return d.take(c, func(u payout.Upload) (p *payout.Preview, err error) {
		err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
			p, err = payout.Check(tx, u)
			return err
		})
		return p, err
	}, false)
}

// post records it.
func (d *Desk) post(c echo.Context) error {
	v := desk.Here(c)
	return d.take(c, func(u payout.Upload) (*payout.Preview, error) {
		return payout.Post(c.Request().Context(), v.Shop, v.Actor(), u)
	}, true)
}

func (d *Desk) take(c echo.Context, act func(payout.Upload) (*payout.Preview, error), writes bool) error {
	v := desk.Here(c)
	f, err := web.Form[readForm](c)
	if err != nil {
		return err
	}
	m := readModel{}
	u, err := f.upload()
	if err == nil {
		m.Found, err = act(u)
		m.Name = u.Name
		if m.Found != nil {
			var packErr error
			if m.Kept, packErr = pack(u.Text); packErr != nil {
				return packErr
			}
		}
	}
	typed := url.Values{"mode": {f.Mode}, "layout": {f.Layout}}
	switch {
	case desk.Repairable(err):
		m.Answers = ui.Refused(v.View, typed, err)
		return d.showRead(c, http.StatusUnprocessableEntity, m)
	case err != nil:
		return err
	case writes:
		return desk.Back(c, base, "payouts.done", map[string]string{"n": strconv.Itoa(m.Found.New()), "again": strconv.Itoa(m.Found.Counts[payout.Repeated])})
	}
	m.Answers = ui.Asked(typed)
	return d.showRead(c, http.StatusOK, m)
}

func (d *Desk) showRead(c echo.Context, status int, m readModel) error {
	v := desk.Here(c)
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		m.room, err = here(tx, v)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, status, readPage(m))
}
