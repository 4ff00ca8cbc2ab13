package media

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"

	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// Remote is a picture known by its address.
type Remote struct {
	Address string
	Alt     i18n.Text
}

// Reserve gives each picture an id at once, so that an article can name it, and leaves its fetching
// to a job. An address the shop knows already keeps its picture and is not fetched again. The
// answer is by address.
//
// Addresses must have passed CheckAddress.
func Reserve(tx tenant.Tx, wanted []Remote) (map[string]ID, error) {
	known, err := ByAddress(tx, addressesOf(wanted))
	if err != nil {
		return nil, err
	}
	var todo []jobs.New
	for _, w := range wanted {
		if _, ok := known[w.Address]; ok {
			continue
		}
		m := &Media{ID: newID(), Kind: Image, State: Pending, SourceURL: w.Address, Alt: w.Alt, FileName: nameOf(w.Address)}
		if err := insert(tx, m, nil); err != nil {
			return nil, err
		}
		known[w.Address] = m.ID
		todo = append(todo, jobs.New{Args: Fetch{Shop: tx.Shop().ID(), Media: m.ID}})
	}
	return known, jobs.EnqueueMany(tx, todo...)
}

// ByAddress finds the pictures that came, or are to come, from these addresses.
func ByAddress(tx tenant.Tx, addresses []string) (map[string]ID, error) {
	return idsBy(tx, "source_url", addresses)
}

// ByFileName finds pictures by the name they were uploaded with; of several, the newest.
func ByFileName(tx tenant.Tx, names []string) (map[string]ID, error) {
	return idsBy(tx, "file_name", names)
}

func idsBy(tx tenant.Tx, column string, values []string) (map[string]ID, error) {
	out := map[string]ID{}
	if len(values) == 0 {
		return out, nil
	}
	var rows []struct {
		ID   ID
		Name string
	}
	err := tx.DB().Raw("select id, "+column+" as name from media where "+column+" in ? and "+column+" <> '' order by created_at", values).
		Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find pictures: %w", err)
	}
	for _, r := range rows {
		out[r.Name] = r.ID
	}
	return out, nil
}

// Retry fetches a picture again that could not be had. Errors: ErrUnknown; ErrNoRetry when it is
// not one of those.
func (l *Library) Retry(ctx context.Context, shop *tenant.Shop, which ...ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var ids []ID
		err := tx.DB().Raw(`update media set state = 'pending', problem = '' where id in ? and state <> 'ready' and source_url <> ''
			returning id`, which).Scan(&ids).Error
		if err != nil {
			return fmt.Errorf("retry pictures: %w", err)
		}
		if len(ids) == 0 {
			return ErrNoRetry
		}
		todo := make([]jobs.New, len(ids))
		for i, m := range ids {
			todo[i] = jobs.New{Args: Fetch{Shop: shop.ID(), Media: m}}
		}
		return jobs.EnqueueMany(tx, todo...)
	})
}

// fetch is the job: get the picture, or write why not. Only what another attempt may mend is
// returned as an error; the row says Failed in the meantime, so that nobody waits in the dark.
func (l *Library) fetch(ctx context.Context, shop *tenant.Shop, which ID) error {
	m, err := Find(ctx, shop, which)
	if fault.Is(err, fault.NotFound) {
		return nil // deleted meanwhile
	}
	if err != nil || m.State == Ready {
		return err
	}
	data, err := l.get(ctx, m.SourceURL)
	if err == nil {
		err = l.arrived(ctx, shop, m, data)
	}
	if err == nil {
		return nil
	}
	m.State, m.Problem = Failed, fault.KeyOf(err)
	if fault.Is(err, fault.Quota) {
		m.Problem = ErrFull.Key() // the plan's own words have figures, which nobody keeps
	}
	if noted := shop.Write(ctx, func(tx tenant.Tx) error { return update(tx, m, nil) }); noted != nil {
		return errors.Join(err, noted)
	}
	return fmt.Errorf("fetch picture %s: %w", m.ID, err)
}

func (l *Library) arrived(ctx context.Context, shop *tenant.Shop, m *Media, data []byte) error {
	have, err := l.take(ctx, shop, m, data)
	if err != nil {
		return err
	}
	if have != nil { // the same bytes under another address: one set of copies serves both
		m.Key, m.ContentType, m.Bytes, m.Width, m.Height = have.Key, have.ContentType, 0, have.Width, have.Height
		m.Sizes, m.State, m.Problem = have.Sizes, Ready, ""
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := update(tx, m, digest(data)); err != nil {
			return err
		}
		return l.enqueueScale(tx, m)
	})
}

// get reads what is at an address.
//
// Errors: ErrAddress, ErrUnreachable, ErrGone, ErrTooLarge.
func (l *Library) get(ctx context.Context, address string) ([]byte, error) {
	data, err := l.web.Get(ctx, fetch.Request{
		Address: address, Accept: "image/webp,image/jpeg,image/png,image/gif", Agent: "echoppe (picture import)", Max: MaxBytes,
	})
	switch {
	case errors.Is(err, fetch.ErrAddress):
		return nil, ErrAddress.Because(err)
	case errors.Is(err, fetch.ErrUnreachable):
		return nil, ErrUnreachable.Because(err)
	case errors.Is(err, fetch.ErrGone):
		return nil, ErrGone.Because(err)
	case errors.Is(err, fetch.ErrTooLarge):
		return nil, ErrTooLarge.With(fault.Args{"max": MaxBytes >> 20}).Because(err)
	}
	return data, err
}

// CheckAddress tells whether a picture could be fetched from there, as far as the address itself
// says. Errors: ErrAddress.
func CheckAddress(address string) error {
	if err := fetch.CheckAddress(address); err != nil {
		return ErrAddress.Because(err)
	}
	return nil
}

func addressesOf(wanted []Remote) []string {
	out := make([]string, len(wanted))
	for i, w := range wanted {
		out[i] = w.Address
	}
	return out
}

func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return baseName(path.Base(u.Path))
}
