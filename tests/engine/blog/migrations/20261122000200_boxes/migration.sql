-- CreateTable
CREATE TABLE "Box" (
    "id" SERIAL NOT NULL,
    "sampleId" INTEGER,

    CONSTRAINT "Box_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Box" ADD CONSTRAINT "Box_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "all types"("id") ON DELETE SET NULL ON UPDATE CASCADE;
