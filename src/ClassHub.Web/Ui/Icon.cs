using System.Collections.Concurrent;
using ClassHub.Classes;
using Microsoft.AspNetCore.Html;

namespace ClassHub.Web.Ui;

/// <summary>A picture from the one icon file. Always decoration: the words stand beside it.</summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<(string, string), IHtmlContent> Made = new();

    public static IHtmlContent Of(string name, string classes = "i") =>
        Made.GetOrAdd((name, classes), static key => new HtmlString($"""<svg class="{key.Item2}" aria-hidden="true"><use href="/icons.svg#{key.Item1}"></use></svg>"""));

    /// <summary>The exercise book of a class: cover colour, spine and symbol.</summary>
    public static IHtmlContent Book(Subject? subject, string size = "") =>
        Made.GetOrAdd(("book" + subject, size), key => new HtmlString($"""<span class="book {Cover(subject)} {key.Item2}"><svg class="i" aria-hidden="true"><use href="/icons.svg#{Symbol(subject)}"></use></svg></span>"""));

    /// <summary>The class that colours what lies inside it.</summary>
    public static string Cover(Subject? subject) => subject is not { } known ? "neutral" : known switch
    {
        Subject.Maths => "maths",
        Subject.English => "english",
        Subject.Science => "science",
        Subject.History => "history",
        Subject.Geography => "geography",
        Subject.Music => "music",
        Subject.Art => "art",
        Subject.Computing => "computing",
        Subject.Languages => "languages",
        Subject.Sport => "pe",
        Subject.Religion => "re",
    };

    private static string Symbol(Subject? subject) => subject is not { } known ? "notebook" : known switch
    {
        Subject.Maths => "calculator",
        Subject.English => "book-open",
        Subject.Science => "flask-conical",
        Subject.History => "landmark",
        Subject.Geography => "map",
        Subject.Music => "music",
        Subject.Art => "palette",
        Subject.Computing => "monitor",
        Subject.Languages => "languages",
        Subject.Sport => "volleyball",
        Subject.Religion => "heart-handshake",
    };

    private static readonly string[] Animals = ["squirrel", "cat", "turtle", "rabbit", "bird", "snail", "fish", "dog", "bug", "leaf", "shell"];
    private static readonly string[] Colours = ["art", "english", "science", "history", "music", "maths"];

    /// <summary>A pupil is an animal, never a photograph; staff are their initials.</summary>
    public static IHtmlContent Face(int personId, string? initials = null, string size = "")
    {
        var colour = Colours[personId % Colours.Length];
        if (initials is not null) return new HtmlString($"""<span class="face {colour} {size}" aria-hidden="true">{System.Net.WebUtility.HtmlEncode(initials)}</span>""");
        return Made.GetOrAdd(($"face{personId % 60}", size), key => new HtmlString($"""<span class="face {colour} {key.Item2}" aria-hidden="true"><svg class="i"><use href="/icons.svg#{Animals[personId % Animals.Length]}"></use></svg></span>"""));
    }

    public static string Initials(string forename, string surname) =>
        string.Concat(new[] { forename, surname }.Where(n => n.Length > 0).Select(n => System.Globalization.StringInfo.GetNextTextElement(n).ToUpperInvariant()));
}
