using System.Globalization;
using ClassHub.School;

namespace ClassHub.Web.Ui;

/// <summary>Times that teachers choose often: the lessons of the next school days and the first mornings of terms. For a field that takes a date and a time.</summary>
public sealed record QuickTimes(string Field, IReadOnlyList<QuickTimes.Choice> Choices)
{
    private const int Days = 5, Terms = 2;

    public sealed record Choice(string Value, string Words);

    public static QuickTimes For(string field, SchoolClock clock, bool forDeadline)
    {
        var choices = new List<Choice>();
        var day = clock.IsSchoolDay(clock.Today) ? clock.Today : clock.NextSchoolDay(clock.Today);
        for (var i = 0; i < Days; i++, day = clock.NextSchoolDay(day))
        {
            var name = day == clock.Today ? "Today" : day.ToString("dddd", CultureInfo.CurrentCulture);
            if (!forDeadline) Add(day, clock.Calendar.Morning, $"{name}, the school morning");
            foreach (var slot in clock.Calendar.Slots) Add(day, forDeadline ? slot.EndsAt : slot.StartsAt, $"{name}, {(forDeadline ? "end of " : "")}{slot.Name}");
            if (forDeadline) Add(day, new(16, 0), $"{name}, 16:00");
        }
        foreach (var term in clock.Calendar.Terms.Where(t => t.FirstOn > clock.Today).Take(Terms)) Add(clock.AddSchoolDays(term.FirstOn, 0), clock.Calendar.Morning, $"{term.Name} begins");
        return new(field, choices);

        void Add(DateOnly on, TimeOnly time, string words)
        {
            if (clock.At(on, time) is var at && at > clock.Now) choices.Add(new(clock.ForTyping(at), $"{words} ({time.ToString("H:mm", CultureInfo.InvariantCulture)})"));
        }
    }
}
