Feature: What the bank paid out
  A shopkeeper holds his bank's file against his orders, and sees what is still to come.

  Background:
    Given the shop sells "Mug" at "12.00"
    And the money of "card" comes 3 days after the payment

  @PGW-29
  Scenario: Money that is still to come
    When "zoe@example.com" buys 1 "Mug" by "card"
    Then "18.00" is to come by "card" in 3 days
    When the clerk gives "5.00" of it back
    Then "13.00" is to come by "card" in 3 days

  @PGW-23 @PGW-11
  Scenario: A payment that has come
    When "zoe@example.com" buys 1 "Mug" by "card"
    And the bank's file says
      | date       | reference       | type   | gross | fee  | net   | payout |
      | 05/03/2026 | zoe@example.com | Vente  | 18,00 | 0,42 | 17,58 | V-1    |
    Then the file shows 1 line as "matched"
    And nothing is recorded
    When the clerk records it
    Then payout "V-1" brought "17.58"
    And the order of "zoe@example.com" is "settled" and cost "0.42"
    And nothing is to come

  @PGW-23
  Scenario: The same file twice
    When "zoe@example.com" buys 1 "Mug" by "card"
    And the bank's file says
      | date       | reference       | type   | gross | fee  | net   | payout |
      | 05/03/2026 | zoe@example.com | Vente  | 18,00 | 0,42 | 17,58 | V-1    |
    And the clerk records it
    And the clerk records it
    Then the file shows 1 line as "repeated"
    And payout "V-1" brought "17.58"

  @PGW-23
  Scenario: The bank pays less than was paid
    When "zoe@example.com" buys 1 "Mug" by "card"
    And the bank's file says
      | date       | reference       | type   | gross | fee  | net   | payout |
      | 05/03/2026 | zoe@example.com | Vente  | 15,00 | 0,42 | 14,58 | V-1    |
    And the clerk records it
    Then the order of "zoe@example.com" is "different"

  @PGW-23 @PGW-29
  Scenario: Returns are taken from the payout
    When "zoe@example.com" buys 1 "Mug" by "card"
    And the clerk gives "5.00" of it back
    And the bank's file says
      | date       | reference       | type           | gross | fee  | net   | payout |
      | 05/03/2026 | zoe@example.com | Vente          | 18,00 | 0,42 | 17,58 | V-1    |
      | 06/03/2026 | zoe@example.com | Remboursement  | -5,00 | 0,00 | -5,00 | V-1    |
    And the clerk records it
    Then payout "V-1" brought "12.58"
    And the order of "zoe@example.com" is "settled" and cost "0.42"

  @PGW-23
  Scenario: Money nobody knows
    When the bank's file says
      | date       | reference | type   | gross | fee  | net  | payout |
      | 05/03/2026 | X-77      | Vente  | 9,00  | 0,10 | 8,90 | V-1    |
    And the clerk records it
    Then the file shows 1 line as "unknown"
    And payout "V-1" brought "8.90"
