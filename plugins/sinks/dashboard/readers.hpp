// readers.hpp: readers of the store, lent to the threads that answer requests. Any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "figures/figures.hpp"

namespace earshot::dashboard {

class Readers {
 public:
  // `service` serves queries; it outlives this.
  Readers(std::filesystem::path store, const ear_store_1& service) : store_(std::move(store)), service_(service) {}

  class Lent {
   public:
    Lent(Readers& from, std::unique_ptr<figures::Figures> reader) : from_(from), reader_(std::move(reader)) {}
    // A reader in whose hands something went wrong is not lent again.
    ~Lent() {
      if (std::uncaught_exceptions() == thrown_) from_.take_back(std::move(reader_));
    }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    figures::Figures* operator->() { return reader_.get(); }
    figures::Figures& operator*() { return *reader_; }

   private:
    Readers& from_;
    std::unique_ptr<figures::Figures> reader_;
    int thrown_ = std::uncaught_exceptions();
  };

  // Throws an Error where the store is not there, or not counted yet.
  Lent lend() {
    {
      const std::lock_guard hold(lock_);
      if (!idle_.empty()) {
        auto reader = std::move(idle_.back());
        idle_.pop_back();
        return {*this, std::move(reader)};
      }
    }
    return {*this, std::make_unique<figures::Figures>(store_, service_)};
  }

  const std::filesystem::path& store() const { return store_; }
  const ear_store_1& service() const { return service_; }

 private:
  void take_back(std::unique_ptr<figures::Figures> reader) {
    const std::lock_guard hold(lock_);
    idle_.push_back(std::move(reader));
  }

  const std::filesystem::path store_;
  const ear_store_1& service_;
  std::mutex lock_;
  std::vector<std::unique_ptr<figures::Figures>> idle_;
};

}  // namespace earshot::dashboard
