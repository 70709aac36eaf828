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
}
