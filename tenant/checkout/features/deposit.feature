@STK-04
Feature: Paying for what is not there yet
  The merchant says of an announced article what is due with the order: all of it, a deposit, or nothing. The
  price stays; the rest is due before the pieces are sent.

  Background:
    Given the shop has 0 "Mug" at "12.00"
    And the shop has 5 "Plate" at "12.00"

  Scenario: A deposit by card, the rest when the piece is there
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "card"
    Then the order costs "18.00"
    And "3.00" is due with the order and "15.00" before it is sent
    And the bank is asked for "3.00"
    When the buyer pays with the card "good" at the bank that is "proper"
    And the bank says it 2 times more
    Then the order is "placed" and "deposit_paid"
    And the order was paid "3.00"
    And no alert was raised
    And the last letter to "zoe@example.com" is "Acompte reçu pour votre commande 1001" and says "15,00"
    And nobody can be served
    When 1 "Mug" arrives
    Then 1 buyer can be served
    When the clerk asks everybody for the rest
    And the clerk asks everybody for the rest
    Then the last letter to "zoe@example.com" is "Votre commande 1001 : 15,00 € à payer avant l’expédition" and says "Payer le solde"
    And "zoe@example.com" has 3 letters
    When the clerk sends 1 "Mug"
    Then that is refused because "checkout.rest_unpaid"
    When the buyer pays again by "card"
    Then the bank is asked for "15.00"
    When the buyer pays with the card "good" at the bank that is "proper"
    Then the order is "paid" and "paid"
    And the order was paid "18.00"
    And no alert was raised
    When the clerk sends 1 "Mug"
    Then the order is "shipped" and "paid"
    And "Mug" counts 0 on the shelf, 0 awaited by customers, 0 for others

  Scenario: Who forgets the rest is reminded, once
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "3.00" came
    And 1 "Mug" arrives
    And the clerk asks everybody for the rest
    And 6 days pass
    Then "zoe@example.com" has 3 letters
    When 1 days pass
    Then the last letter to "zoe@example.com" is "Rappel : 15,00 € à payer pour votre commande 1001" and says "Payer le solde"
    And "zoe@example.com" has 4 letters
    When 60 days pass
    Then "zoe@example.com" has 4 letters

  Scenario Outline: Nobody is reminded without a reason
    Given the shop reminds of a rest after <days> days
    And "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "3.00" came
    And 1 "Mug" arrives
    And the clerk asks everybody for the rest
    And <what>
    And 20 days pass
    Then nobody was reminded

    Examples:
      | days | what                                       |
      | 0    | 1 days pass                                |
      | 30   | 1 days pass                                |
      | 7    | the clerk records that "15.00" came        |
      | 7    | the buyer pays again by "on delivery"      |
      | 7    | the clerk cancels the order                |
      | 7    | the shop reminds of a rest after 0 days    |
      | 7    | the shop reminds of a rest after 300 days  |

  Scenario: So much for each piece, by cheque and then by transfer
    Given "Mug" is announced in 10 days, 2 can be reserved and "5.00" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    Then "5.00" is due with the order and "13.00" before it is sent
    And the buyer is told to pay "5,00"
    When the clerk records that "5.00" came
    Then the order is "placed" and "deposit_paid"
    When the buyer pays again by "transfer"
    Then the buyer is told to pay "13,00"
    When the clerk records that "13.00" came
    Then the order is "paid" and "paid"

  Scenario: Nothing with the order
    Given "Mug" is announced in 10 days, 2 can be reserved and "nothing" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "card"
    Then "0.00" is due with the order and "18.00" before it is sent
    And the order is "placed" and "nothing_yet"
    When 60 days pass
    Then "Mug" counts 0 on the shelf, 1 awaited by customers, -1 for others
    And the order is "placed" and "nothing_yet"
    When the clerk records that "18.00" came
    Then the order is "paid" and "paid"

  Scenario: All with the order, as ever
    Given "Mug" is announced in 10 days, 2 can be reserved and "everything" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "18.00" came
    Then the order is "paid" and "paid"

  Scenario: The carrier brings no deposit, but may bring the rest
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the buyer pays again by "on delivery"
    Then that is refused because "payment.mode_unknown"
    When the clerk records that "3.00" came
    And the buyer pays again by "on delivery"
    And 1 "Mug" arrives
    And the clerk sends 1 "Mug"
    Then the order is "shipped" and "deposit_paid"
    When the clerk records that "15.00" came
    Then the order is "shipped" and "paid"

  Scenario: The merchant trusts the buyer
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "3.00" came
    And 1 "Mug" arrives
    And the clerk sends 1 "Mug" without the rest
    Then the order is "shipped" and "deposit_paid"
    When the buyer pays again by "cheque"
    And the clerk records that "15.00" came
    Then the order is "shipped" and "paid"

  Scenario: Cancelled, the buyer has back what he paid, once
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "3.00" came
    And the clerk cancels the order
    Then the order is "cancelled" and "credit_owed"
    And "Mug" counts 0 on the shelf, 0 awaited by customers, 0 for others
    When the clerk gives "3.00" back
    Then the order is "refunded" and "refunded"
    When the clerk tries to give "3.00" back
    Then that is refused because "checkout.amount"
    And the order is "refunded" and "refunded"

  Scenario: The deposit goes back without more
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "3.00" came
    And the clerk gives "3.00" back
    Then the order is "refunded" and "refunded"
    And "Mug" counts 0 on the shelf, 0 awaited by customers, 0 for others

  Scenario: A deposit that does not come holds nothing for ever
    Given "Mug" is announced in 60 days, 1 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    And "ida@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And "ida@example.com" orders and pays by "cheque"
    Then "ida@example.com" is told that it is sold out
    When 20 days pass
    Then staff is alerted with "checkout.alert.hold_expired"
    And "ida@example.com" orders and pays by "cheque"
    And the order is "placed" and "unpaid"

  Scenario: Something in stock goes first, and delivery is paid once
    Given "Mug" is announced in 10 days, 2 can be reserved and "nothing" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    And buyers may have what is there sent first
    And "zoe@example.com" has 1 "Plate" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    Then the order costs "30.00"
    And "18.00" is due with the order and "12.00" before it is sent
    And the order is to be sent "first"
    When the clerk records that "18.00" came
    And the clerk sends 1 "Plate"
    Then the order is "awaiting_shipment" and "deposit_paid"
    When 1 "Mug" arrives
    And the buyer pays again by "cheque"
    And the clerk records that "12.00" came
    And the clerk sends 1 "Mug"
    Then the order is "shipped" and "paid"

  Scenario: Everything in one go, as the buyer wishes
    Given "Mug" is announced in 10 days, 2 can be reserved and "everything" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    And buyers may have what is there sent first
    And "zoe@example.com" has 1 "Plate" in the cart
    And "zoe@example.com" wants everything together
    When "zoe@example.com" orders and pays by "cheque"
    Then the order is to be sent "together"
    And the parcel form proposes 0 "Plate" and 0 "Mug"
    When 1 "Mug" arrives
    Then the parcel form proposes 1 "Plate" and 1 "Mug"

  Scenario Outline: Whenever stock leaves, a deposit keeps the piece and the money brings it out
    Given "Mug" is announced in 10 days, 2 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 1 "Mug" in the cart
    And stock paid by "cheque" leaves "<moment>"
    And "zoe@example.com" has 1 "Plate" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "21.00" came
    And 60 days pass
    Then "Mug" counts 0 on the shelf, 1 awaited by customers, -1 for others
    And "Plate" counts <plates> on the shelf, <awaited> awaited by customers, 4 for others
    When 1 "Mug" arrives
    And the buyer pays again by "cheque"
    And the clerk records that "9.00" came
    Then "Mug" counts <mugs> on the shelf, <mugs> awaited by customers, 0 for others
    When the clerk ships it with "colissimo" as "6A123"
    Then "Mug" counts 0 on the shelf, 0 awaited by customers, 0 for others
    And "Plate" counts 4 on the shelf, 0 awaited by customers, 4 for others
    And no alert was raised

    Examples:
      | moment                 | plates | awaited | mugs |
      | with the order         | 4      | 0       | 0    |
      | with paid              | 5      | 1       | 0    |
      | with awaiting shipment | 5      | 1       | 1    |
      | with shipped           | 5      | 1       | 1    |

  Scenario: What came in beyond the queue is sold from stock before its day
    Given "Mug" is announced in 10 days, 5 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 2 "Mug" in the cart
    And "ida@example.com" has 1 "Mug" in the cart
    And "max@example.com" has 1 "Mug" in the cart
    And "eve@example.com" has 2 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And 1 "Mug" arrives
    And "ida@example.com" orders and pays by "cheque"
    Then "3.00" is due with the order and "15.00" before it is sent
    And the order says when "Mug" is expected
    When 3 "Mug" arrives
    And "max@example.com" orders and pays by "cheque"
    Then all of "18.00" is due with the order
    And "Mug" counts 4 on the shelf, 4 awaited by customers, 0 for others
    When 1 "Mug" arrives
    And "eve@example.com" orders and pays by "cheque"
    Then "6.00" is due with the order and "24.00" before it is sent

  Scenario: The clerk is asked before a rest is asked for too early
    Given "Mug" is announced in 10 days, 5 can be reserved and "25 %" is due with the order
    And "zoe@example.com" has 2 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "6.00" came
    And 1 "Mug" arrives
    And the clerk asks for the rest
    Then that is refused because "checkout.rest_early"
    And "zoe@example.com" has 2 letters
    When the clerk asks for the rest all the same
    Then "zoe@example.com" has 3 letters
