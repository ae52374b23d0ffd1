// search.hpp: looks for the terms of a query in one post. Free functions, for the thread of the Document.
#pragma once

#include "query/document.hpp"
#include "query/hit.hpp"
#include "query/part.hpp"

namespace earshot::query {

// Appends the first `most` places of a text term, in their order.
void find_text(const Part& part, Document& document, std::size_t most, Hits& to);

// Does a field term hold?
bool field_holds(const Part& part, Document& document);
// Appends the places of the findings that make it hold, as far as these have places.
void find_findings(const Part& part, Document& document, Hits& to);

// What is near what: pairs of hits of a near part's children, joined. `lists` has the hits of each child and is used
// up.
void join_near(const Part& part, std::vector<Hits>& lists, Hits& to);

}  // namespace earshot::query
