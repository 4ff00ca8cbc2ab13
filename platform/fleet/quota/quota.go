package quota

import (
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/kit/fault"
)

// Refusals. Each has the arguments "have", "more" and "limit", and "n", which is the limit again and
// chooses the form of the sentence.
var (
	ErrArticles = fault.New(fault.Quota, "quota.articles")
	ErrDisk     = fault.New(fault.Quota, "quota.disk") // figures in MB
	ErrStaff    = fault.New(fault.Quota, "quota.staff")
	ErrMails    = fault.New(fault.Quota, "quota.mails")
)

const mebibyte = 1 << 20

// Articles tells whether more articles fit beside those the shop has.
func Articles(q plan.Quotas, have, more int) error {
	return check(ErrArticles, int64(q.Articles), int64(have), int64(more))
}

// Disk tells whether more bytes fit beside those the shop keeps.
func Disk(q plan.Quotas, haveBytes, moreBytes int64) error {
	if q.DiskMB == plan.Unlimited || haveBytes+moreBytes <= q.DiskMB*mebibyte {
		return nil
	}
	return ErrDisk.With(fault.Args{
		"have": up(haveBytes), "more": up(moreBytes), "limit": q.DiskMB, "n": q.DiskMB,
	})
}

// up is bytes in whole MB, rounded up: "0 MB too many" helps nobody.
func up(bytes int64) int64 { return (bytes + mebibyte - 1) / mebibyte }

// Staff tells whether more people may work in the shop.
func Staff(q plan.Quotas, have, more int) error {
	return check(ErrStaff, int64(q.Staff), int64(have), int64(more))
}

// Mails tells whether more mails may leave today beside those sent since midnight.
func Mails(q plan.Quotas, sentToday, more int) error {
	return check(ErrMails, int64(q.MailsADay), int64(sentToday), int64(more))
}

func check(refusal *fault.Error, limit, have, more int64) error {
	if limit == plan.Unlimited || have+more <= limit {
		return nil
	}
	return refusal.With(fault.Args{"have": have, "more": more, "limit": limit, "n": limit})
}
