namespace ClassHub.People;

/// <summary>Finding people by name or by the school's own id: for staff only.</summary>
public static class FindPeople
{
    /// <summary>Each word begins one of theirs, found as posts are; a phrase in quotes stands there as it is.</summary>
    public static IQueryable<Person> Named(this IQueryable<Person> people, string typed)
    {
        var asked = Fold.Question(typed);
        if (asked.Count == 0) return people.Where(p => false);
        // At 20,000 people reading all their words takes less than an index would save.
        foreach (var pattern in asked.Select(a => a.Pattern)) people = people.Where(p => (" " + p.Words + " ").Contains(pattern));
        return people;
    }

    /// <summary>In the order of a class list, from the one after this person on.</summary>
    public static IQueryable<Person> PageAfter(this IQueryable<Person> people, Person? last)
    {
        if (last is not null)
        {
            var (name, id) = (last.SortName, last.Id);
            people = people.Where(p => string.Compare(p.SortName, name) > 0 || (p.SortName == name && p.Id > id));
        }
        return people.OrderBy(p => p.SortName).ThenBy(p => p.Id);
    }
}
