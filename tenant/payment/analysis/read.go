package analysis

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

// reportSQL reads every payment of the time once, and groups it in all ways there are.
const reportSQL = `
	with found as materialized (
		select p.currency, coalesce(p.mode_id::text, '') as mode, p.kind, coalesce(o.billing->>'country', '') as buyer,
			coalesce(p.card->>'country', '') as issued, coalesce(p.card->>'brand', '') as brand, coalesce(p.card->>'issuer', '') as issuer,
			p.card is not null or p.kind not in @cardless as carded,
			p.state in ('authorised', 'captured', 'part_refunded', 'refunded', 'disputed', 'charged_back') as accepted,
			p.state = 'failed' as refused, p.state = 'cancelled' as abandoned, p.state in ('created', 'pending', 'review') as waits,
			p.state = 'charged_back' as lost, p.dispute is not null as disputed, p.reason, p.amount, p.captured, p.refunded,
			extract(epoch from p.paid_at - p.created_at) as took,
			case when p.captured > 0 then coalesce(p.provider, case when p.worth is null then m.scope->'provider' end) end as provider
		from payments p join orders o on o.id = p.order_id left join payment_modes m on m.id = p.mode_id
		where p.created_at >= @from and p.created_at < @until and not p.test),
	p as materialized (
		select *, case when provider is not null then captured end as fee_of, case when provider is not null
			then coalesce((provider->>'fixed')::numeric, 0) + captured * coalesce((provider->>'percent')::numeric, 0) / 100 end as fee
		from found)
	select case when grouping(mode) = 0 then 'mode' when grouping(buyer) = 0 then 'buyer' when grouping(issued) = 0 then 'issued'
			when grouping(brand) = 0 then 'brand' when grouping(issuer) = 0 then 'issuer' else 'all' end as by,
		currency, coalesce(mode, buyer, issued, brand, issuer, '') as key, coalesce(max(kind), '') as kind, '' as reason,
		count(*) as attempts, count(*) filter (where accepted) as accepted, count(*) filter (where refused) as refused,
		count(*) filter (where abandoned) as abandoned, count(*) filter (where waits) as waits, sum(captured) as taken,
		count(*) filter (where refunded > 0) as returned, sum(refunded) as refunded, count(*) filter (where disputed) as disputed,
		count(*) filter (where lost) as lost, coalesce(avg(took), 0) as took,
		coalesce(sum(fee), 0) as fees, coalesce(sum(fee_of), 0) as fees_of
	from p group by grouping sets ((currency), (currency, mode), (currency, buyer), (currency, carded, issued), (currency, carded, brand),
		(currency, carded, issuer)) having grouping(carded) = 1 or carded
	union all
	select case when abandoned then 'left' else 'why' end, currency, '', '', reason, count(*), 0, 0, 0, 0, sum(amount), 0, 0, 0, 0, 0, 0, 0
	from p where refused or abandoned group by currency, abandoned, reason
	order by currency, attempts desc, key, reason`

type reportRow struct {
	By, Currency, Key, Kind                       string
	Reason                                        payment.Reason
	Attempts, Accepted, Refused, Abandoned, Waits int
	Returned, Disputed, Lost                      int
	Taken, Refunded, Took, Fees, FeesOf           decimal.Decimal
}

// cardless are the kinds that are paid without a card: among cards they would only be a card nobody told of.
var cardless = []string{offline.Transfer{}.Key(), offline.Cheque{}.Key(), offline.Cash{}.Key(), offline.Escrow{}.Key(), payment.KindByHand}

// Read reports on the payments begun from an instant up to another.
func Read(tx tenant.Tx, from, until time.Time) (Report, error) {
	var rows []reportRow
	if err := tx.DB().Raw(reportSQL, map[string]any{"from": from, "until": until, "cardless": cardless}).Scan(&rows).Error; err != nil {
		return Report{}, fmt.Errorf("analyse payments: %w", err)
	}
	r := Report{Rows: map[By][]Row{}}
	for _, row := range rows {
		c, err := money.ParseCurrency(row.Currency)
		if err != nil {
			return Report{}, fmt.Errorf("analyse payments: %w", err)
		}
		switch row.By {
		case "why", "left":
			r.Whys = append(r.Whys, Why{c, row.Reason, row.By == "left", row.Attempts, money.New(row.Taken, c)})
		default:
			r.Rows[By(row.By)] = append(r.Rows[By(row.By)], Row{c, row.Key, row.Kind, row.figures(c)})
		}
	}
	return r, nil
}

func (r reportRow) figures(c money.Currency) Figures {
	return Figures{
		Attempts: r.Attempts, Accepted: r.Accepted, Refused: r.Refused, Abandoned: r.Abandoned, Open: r.Waits,
		Taken: money.New(r.Taken, c), Returned: r.Returned, Refunded: money.New(r.Refunded, c), Disputed: r.Disputed, Lost: r.Lost,
		Took: time.Duration(r.Took.Mul(decimal.NewFromInt(int64(time.Second))).IntPart()).Round(time.Second),
		Fees: money.New(r.Fees, c).Round(money.HalfUp), FeesOf: money.New(r.FeesOf, c),
	}
}
