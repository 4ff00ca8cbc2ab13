Feature: Being paid
  What a bank says, however often and in whatever order, and what the merchant records.

  Background:
    Given the shop has 5 "Mug" at "12.00"
    And "zoe@example.com" has 1 "Mug" in the cart

  @PGW-01 @ORD-13
  Scenario: Paid once although the bank calls three times
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    And the bank says it 3 times more
    Then the order is "paid" and "paid"
    And the order was paid "18.00"
    And 0 "Mug" are promised and 4 are on the shelf
    And "zoe@example.com" has 2 letters

  @PGW-16
  Scenario: A refused card, then a transfer
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "funds" at the bank that is "proper"
    Then the order is "placed" and "unpaid"
    And 1 "Mug" are promised and 5 are on the shelf
    When the buyer pays again by "transfer"
    Then the buyer is told how to pay
    And the last letter to "zoe@example.com" is "Comment régler votre commande 1001" and says "FR76"
    When the clerk records that "18.00" came
    Then the order is "paid" and "paid"
    And 0 "Mug" are promised and 4 are on the shelf
    And there is 1 order

  @PGW-01
  Scenario: The bank says another amount
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "wrong_amount"
    Then the order is "placed" and "unpaid"
    And staff is alerted with "payment.flag.mismatch"

  @ORD-13 @STK-12
  Scenario: A cancellation brings the stock back once
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk records that "18.00" came
    And the clerk cancels the order
    Then the order is "cancelled" and "credit_owed"
    And 0 "Mug" are promised and 5 are on the shelf
    When the clerk cancels the order
    Then that is refused because "state.refused"
    And 0 "Mug" are promised and 5 are on the shelf
    When the clerk gives "18.00" back
    Then the order is "refunded" and "refunded"

  @ORD-13 @ACC-02
  Scenario: From the money to the door
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    And the clerk ships it with "colissimo" as "6A123"
    Then the order is "shipped" and "paid"
    And the buyer sees a parcel at "https://www.laposte.fr/outils/suivre-vos-envois?code=6A123"
    And "zoe@example.com" has 3 letters
    When the clerk says it was delivered
    And the clerk closes the order
    Then the order is "closed" and "paid"

  @PAY-01 @STK-12
  Scenario: Cash on delivery leaves before the money comes
    When "zoe@example.com" orders and pays by "on delivery"
    Then 0 "Mug" are promised and 4 are on the shelf
    When the clerk ships it with "colissimo" as "6A123"
    And the clerk says it was delivered
    And the clerk records that "18.00" came
    Then the order is "delivered" and "paid"
    And 0 "Mug" are promised and 4 are on the shelf

  @PGW-22
  Scenario: A buyer who never comes back from the bank
    When "zoe@example.com" orders and pays by "card"
    And 2 days pass
    Then the order is "cancelled" and "unpaid"
    And 0 "Mug" are promised and 5 are on the shelf

  @STK-12
  Scenario: A cheque that does not come lets go of the goods
    When "zoe@example.com" orders and pays by "cheque"
    And 20 days pass
    Then the order is "placed" and "unpaid"
    And 0 "Mug" are promised and 5 are on the shelf
    And staff is alerted with "checkout.alert.hold_expired"
    When the clerk records that "18.00" came
    Then the order is "paid" and "paid"
    And 0 "Mug" are promised and 4 are on the shelf

  @ORD-11
  Scenario: The mail server is away for two hours
    Given the mail server is away
    When "zoe@example.com" orders and pays by "cheque"
    And 2 hours pass
    Then "zoe@example.com" has 0 letters
    When the mail server is back
    And 1 hours pass
    Then "zoe@example.com" has 1 letter
