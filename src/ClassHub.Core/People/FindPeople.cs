namespace ClassHub.People;

/// <summary>Finding people by name: for staff only.</summary>
public static class FindPeople
{
    /// <summary>Every word is in the name, as typed or whatever its case: an engine lowers only some alphabets.</summary>
    public static IQueryable<Person> Named(this IQueryable<Person> people, string typed)
    {
        foreach (var word in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4))
        {
            var lower = word.ToLowerInvariant();
            people = people.Where(p => (p.Forename + " " + p.Surname).Contains(word) || (p.Forename + " " + p.Surname).ToLower().Contains(lower));
        }
        return people;
    }

    /// <summary>In the order of a class list, from the one after this person on.</summary>
    public static IQueryable<Person> PageAfter(this IQueryable<Person> people, Person? last)
    {
        if (last is not null)
        {
            var (surname, forename, id) = (last.Surname, last.Forename, last.Id);
            people = people.Where(p => string.Compare(p.Surname, surname) > 0 || (p.Surname == surname && (string.Compare(p.Forename, forename) > 0 || (p.Forename == forename && p.Id > id))));
        }
        return people.OrderBy(p => p.Surname).ThenBy(p => p.Forename).ThenBy(p => p.Id);
    }
}
