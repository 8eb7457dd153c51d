namespace Trainyard.Sample.Tickets;

/// <summary>A team that solves tickets, and what is written to it.</summary>
/// <param name="Share">Of all tickets, unless others have more on that day.</param>
/// <param name="Subjects">Each may stand above any of the phrases.</param>
internal sealed record TicketQueue(
    string Name,
    double Share,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string> Phrases
)
{
    public static IReadOnlyList<TicketQueue> All { get; } =
    [
        new(
            "billing",
            0.22,
            ["invoice", "charged twice", "question about my bill", "wrong amount", "VAT"],
            [
                "the invoice has the wrong amount",
                "my card was charged twice for one order",
                "please send me an invoice with our company's VAT number",
                "why did you take 49 € from my account",
                "the discount code was not applied to the bill",
                "I have paid by bank transfer and you remind me all the same",
            ]
        ),
        new(
            "delivery",
            0.3,
            ["where is my parcel", "late delivery", "tracking", "wrong address", "parcel damaged"],
            [
                "the parcel should have been here on Monday",
                "tracking has not changed for four days",
                "the courier says that nobody was at home, which is not so",
                "can you send it to my new address instead",
                "the box arrived wet and torn",
                "my neighbour has not seen the parcel either",
            ]
        ),
        new(
            "returns",
            0.18,
            ["return", "refund", "sending it back", "does not fit", "exchange"],
            [
                "I want to send the shoes back since they are too small",
                "how do I print the label for a return",
                "you have had the jacket for two weeks and I have no refund yet",
                "can I exchange it for a larger size",
                "the colour is not the one in the picture",
            ]
        ),
        new(
            "login",
            0.12,
            ["password", "cannot log in", "account locked", "code does not arrive"],
            [
                "I cannot log in any more",
                "the link to reset my password has expired",
                "no code arrives on my phone",
                "my account is locked after three attempts",
                "I have a new mail address and the old one is gone",
            ]
        ),
        new(
            "technical",
            0.12,
            ["app crashes", "error", "page does not load", "bug"],
            [
                "the app crashes as soon as I open the basket",
                "the page stays white in my browser",
                "it says error 500 when I press pay",
                "since the update the search finds nothing",
                "pictures do not load on my tablet",
            ]
        ),
        new(
            "cancellation",
            0.06,
            ["cancel my order", "cancellation", "changed my mind", "close my account"],
            [
                "please cancel my order, it has not been sent yet",
                "I have ordered the same thing twice, cancel one of them",
                "I do not want the newsletter nor the account, delete both",
                "it takes too long, I buy it elsewhere",
            ]
        ),
    ];
}
