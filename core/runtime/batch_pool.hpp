// batch_pool.hpp: batches that are used again, arena and all, and give back what the budget lent them. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "runtime/batch.hpp"
#include "runtime/budget.hpp"

namespace earshot::host {

using BatchPtr = std::shared_ptr<Batch>;

class BatchPool {
 public:
  explicit BatchPool(Budget& budget) : shelf_(std::make_shared<Shelf>(budget)) {}

  BatchPtr take() {
    std::unique_ptr<Batch> batch;
    {
      const std::lock_guard lock(shelf_->mutex);
      if (!shelf_->batches.empty()) {
        batch = std::move(shelf_->batches.back());
        shelf_->batches.pop_back();
        shelf_->bytes -= batch->cost();
      }
    }
    if (batch == nullptr) batch = std::make_unique<Batch>();
    return {batch.release(), Return{shelf_}};
  }

 private:
  static constexpr std::size_t kKept = std::size_t{16} << 20;  // bytes
  struct Shelf {
    explicit Shelf(Budget& b) : budget(b) {}
    Budget& budget;
    std::mutex mutex;
    std::vector<std::unique_ptr<Batch>> batches;
    std::size_t bytes = 0;  // that they hold
  };
  struct Return {
    std::shared_ptr<Shelf> shelf;
    void operator()(Batch* raw) const {
      std::unique_ptr<Batch> batch(raw);
      const std::size_t charged = batch->charged;
      batch->clear();
      {
        const std::lock_guard lock(shelf->mutex);
        const std::size_t cost = batch->cost();
        if (shelf->bytes + cost <= kKept) shelf->bytes += cost, shelf->batches.push_back(std::move(batch));
      }
      if (charged != 0) shelf->budget.give_back(charged);
    }
  };
  std::shared_ptr<Shelf> shelf_;
};

}  // namespace earshot::host
