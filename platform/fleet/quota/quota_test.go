package quota_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/kit/fault"
)

func TestQuota_Refuses(t *testing.T) {
	q := plan.Quotas{Articles: 500, DiskMB: 10, Staff: 3, MailsADay: 100}
	const mb = 1 << 20
	for _, tt := range []struct {
		name string
		err  error
		want error
		args fault.Args
	}{
		{"FLT-05 the last article fits", quota.Articles(q, 499, 1), nil, nil},
		{"FLT-05 one article too many", quota.Articles(q, 499, 2), quota.ErrArticles, fault.Args{"have": int64(499), "more": int64(2), "limit": int64(500), "n": int64(500)}},
		{"FLT-05 the disk may be full", quota.Disk(q, 9*mb, mb), nil, nil},
		{"FLT-05 one byte too many", quota.Disk(q, 10*mb, 1), quota.ErrDisk, fault.Args{"have": int64(10), "more": int64(1), "limit": int64(10), "n": int64(10)}},
		{"FLT-05 staff", quota.Staff(q, 3, 1), quota.ErrStaff, fault.Args{"have": int64(3), "more": int64(1), "limit": int64(3), "n": int64(3)}},
		{"FLT-05 mails", quota.Mails(q, 90, 11), quota.ErrMails, fault.Args{"have": int64(90), "more": int64(11), "limit": int64(100), "n": int64(100)}},
		{"unlimited", quota.Articles(plan.Quotas{Articles: plan.Unlimited}, 1_000_000, 1), nil, nil},
		{"unlimited disk", quota.Disk(plan.Quotas{DiskMB: plan.Unlimited}, 1<<60, 1<<60), nil, nil},
		{"absent allows nothing", quota.Articles(plan.Quotas{}, 0, 1), quota.ErrArticles, fault.Args{"have": int64(0), "more": int64(1), "limit": int64(0), "n": int64(0)}},
		{"what is there already may stay", quota.Articles(q, 500, 0), nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !errors.Is(tt.err, tt.want) {
				t.Fatalf("got %v, want %v", tt.err, tt.want)
			}
			if diff := cmp.Diff(tt.args, fault.ArgsOf(tt.err)); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
			if tt.want != nil && fault.KindOf(tt.err) != fault.Quota {
				t.Errorf("kind %s, want quota", fault.KindOf(tt.err))
			}
		})
	}
}
