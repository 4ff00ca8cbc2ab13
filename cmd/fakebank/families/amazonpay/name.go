package amazonpay

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// sessionID is a UUID: the payment's serial number and what nobody guesses.
func sessionID(p *bank.Payment) string {
	sum := sha256.Sum256([]byte(p.Number + "/session"))
	x := hex.EncodeToString(sum[:])
	return fmt.Sprintf("%08x-%s-4%s-8%s-%s", p.Serial, x[:4], x[4:7], x[7:10], x[10:22])
}

// regions are the digits of IDs by the end of the host.
var regions = map[string]string{".com": "01", ".eu": "02", ".jp": "03"}

// permissionID is that of the charge permission: S for the sandbox and P for real money, the region, the serial number.
func permissionID(p *bank.Payment) string { return permissionIn(p, p.Request.Mode) }

func permissionIn(p *bank.Payment, mode string) string {
	letter := "S"
	if mode == "live" {
		letter = "P"
	}
	sum := sha256.Sum256([]byte(p.Number))
	return fmt.Sprintf("%s%s-%07d-%07d", letter, p.Request.Fields["region"], p.Serial, (int(sum[0])<<16+int(sum[1])<<8+int(sum[2]))%1e7)
}

// chargeID is that of the one charge of a permission that was not declined.
func chargeID(p *bank.Payment) string { return permissionID(p) + "-C000001" }

// declinedID is that of the charge a refused card came to.
func declinedID(p *bank.Payment, e bank.Event) string {
	return fmt.Sprintf("%s-C%06d", permissionID(p), 100+ordinal(p, e))
}

// refundID is that of the refund of an event.
func refundID(p *bank.Payment, e bank.Event) string {
	return fmt.Sprintf("%s-R%06d", permissionID(p), ordinal(p, e))
}

// ordinal counts the events of a payment.
func ordinal(p *bank.Payment, e bank.Event) int {
	_, number, _ := strings.Cut(e.ID, p.Number+"-")
	n, _ := strconv.Atoi(number)
	return n
}

// meant is the payment an ID of any kind belongs to.
func meant(t *bank.Teller, id string) (*bank.Payment, bool) {
	base, digits := 10, ""
	if len(id) == 36 {
		base, digits = 16, id[:8]
	} else if parts := strings.Split(id, "-"); len(parts) >= 3 {
		digits = parts[1]
	}
	n, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		return nil, false
	}
	return t.FindSerial(n)
}
