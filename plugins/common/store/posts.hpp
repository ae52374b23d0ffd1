// posts.hpp: writes posts with their segments, media and findings. A higher revision replaces a lower one; of the same
// revision a deletion stands above a withdrawal, and that above the post itself. One instance for one thread.
#pragma once

#include "post/writer.hpp"
#include "store/authors.hpp"
#include "store/database.hpp"
#include "store/rollup.hpp"
#include "store/text_index.hpp"

namespace earshot::store {

class Posts {
 public:
  Posts(const Database& database, Authors& authors, TextIndex& index, Rollup& rollup);

  void write(const ear_post& post);
  // Removes everything that the author has published. Returns how many posts that were.
  std::int64_t erase(std::int64_t author);

 private:
  struct Stored {
    std::int64_t row = 0;  // 0: none
    std::int64_t revision = 0;
    int rank = 0;  // 0 live, 1 withdrawn, 2 deleted
  };
  Stored find(const ear_post& post);
  void replace(const Stored& stored, const ear_post& post);
  void bind(Statement& statement, const ear_post& post);
  void update(std::int64_t row, const ear_post& post);
  void write_parts(std::int64_t row, const ear_post& post);
  void write_segment(std::int64_t row, const ear_segment& segment);
  void write_media(std::int64_t row, const ear_media& media);
  void write_finding(std::int64_t row, std::uint32_t number, const ear_finding& finding);
  void remove_parts(std::int64_t row);
  std::string_view json(const ear_value* attributes, std::uint32_t count);

  const Database& database_;
  Authors& authors_;
  TextIndex& index_;
  Rollup& rollup_;
  Statement insert_, find_, update_, bury_, forget_evidence_;
  Statement segment_, media_, finding_;
  Statement remove_segments_, remove_media_, remove_findings_;
  Statement of_author_, erase_evidence_, erase_;
  post::Writer json_;
};

// Eight numbers as JSON, x and y of each corner; empty where there is no box. Views into `buffer`.
std::string_view box_text(const ear_quad& box, std::string& buffer);

}  // namespace earshot::store
